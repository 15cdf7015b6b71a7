import { existsSync, readFileSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { type BrowserEnvironment, readBrowserEnvironment } from './environment.ts';
import { runVisibly } from './run-visibly.ts';

/** Where operating systems and their package managers put Chromium and Chrome, best first. */
const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** What the finder sees of the machine; a test gives it another one. */
export interface Machine extends BrowserEnvironment {
  readonly exists: (path: string) => boolean;
  /** Where Playwright keeps the browser that belongs to the installed playwright-core. */
  readonly playwrightPath: string;
  readonly isRoot: boolean;
  /** Text of /etc/os-release, empty where there is none. */
  readonly osRelease: string;
  /** Runs a command with its output visible; resolves to its exit code. */
  readonly run: (command: string, args: readonly string[]) => Promise<number | null>;
}

/** @throws Error when CHROMIUM_PATH names nothing. */
export function findBrowser(machine: Machine): string | undefined {
  if (machine.chosenPath !== undefined) {
    if (machine.exists(machine.chosenPath)) return machine.chosenPath;
    throw new Error(
      `CHROMIUM_PATH names ${machine.chosenPath}, which does not exist; correct it or unset it.`,
    );
  }
  return [...USUAL_PATHS, machine.playwrightPath].find((path) => machine.exists(path));
}

/**
 * The path of a Chromium: one that is there, else a freshly installed one (Debian's own as root, else Playwright's).
 *
 * @throws Error with one sentence that says what to do, where none could be found or installed
 */
export async function findOrInstallBrowser(machine: Machine = thisMachine()): Promise<string> {
  const found = findBrowser(machine);
  if (found !== undefined) return found;
  for (const command of installers(machine)) {
    const [program = '', ...args] = command;
    if ((await machine.run(program, args)) !== 0) continue;
    const installed = findBrowser(machine);
    if (installed !== undefined) return installed;
  }
  throw new Error(
    'What opens the page needs Chromium and it could not be installed; install Chromium or Chrome, or set CHROMIUM_PATH to one.',
  );
}

/** Fonts come along because contrast and layout are looked at on real text. */
const APT_INSTALL =
  'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-liberation';

function installers({ isRoot, osRelease }: Machine): string[][] {
  const playwright = ['node_modules/.bin/playwright-core', 'install', 'chromium'];
  // Ubuntu's package of that name is a pointer to a snap, which does not run in a container.
  if (isRoot && /^ID=debian$/m.test(osRelease)) return [['bash', '-c', APT_INSTALL], playwright];
  return [isRoot ? [...playwright, '--with-deps'] : playwright];
}

function thisMachine(): Machine {
  return {
    ...readBrowserEnvironment(),
    exists: existsSync,
    playwrightPath: chromium.executablePath(),
    isRoot: process.getuid?.() === 0,
    osRelease: existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '',
    run: runVisibly,
  };
}

/** A headless browser that phones nobody. Whoever launches it closes it. */
export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      // Chromium's sandbox needs user namespaces, which containers and root do not have; the pages are our own.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // /dev/shm is 64 MB in many containers, and a page that outgrows it crashes.
      '--disable-dev-shm-usage',
    ],
  });
}
