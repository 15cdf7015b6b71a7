/** What a person may set about the browser, parsed once. */
export interface BrowserEnvironment {
  /** `CHROMIUM_PATH`: a browser to use instead of looking for one. */
  readonly chosenPath: string | undefined;
}

export function readBrowserEnvironment(environment: NodeJS.ProcessEnv = process.env): BrowserEnvironment {
  return { chosenPath: environment.CHROMIUM_PATH };
}
