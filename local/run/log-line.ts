/** One structured line into the functions' log. */
export function logLine(message: string, details: Readonly<Record<string, unknown>>): void {
  console.log(JSON.stringify({ level: 'WARN', service: 'local', message, ...details }));
}
