import { describe, expect, it } from 'vitest';
import { findBrowser, findOrInstallBrowser, type Machine } from '../../../../local/browser/browser.ts';

/** A machine where `paths` exist, and where a command that matches `installs` makes its path appear. */
function machine(over: Partial<Machine> & { paths?: string[]; installs?: Record<string, string> } = {}) {
  const paths = new Set(over.paths ?? []);
  const ran: string[] = [];
  const made: Machine = {
    chosenPath: undefined,
    exists: (path) => paths.has(path),
    playwrightPath: '/cache/playwright/chrome',
    isRoot: false,
    osRelease: '',
    run: async (command, args) => {
      const line = [command, ...args].join(' ');
      ran.push(line);
      const installed = Object.entries(over.installs ?? {}).find(([part]) => line.includes(part));
      if (installed === undefined) return 1;
      paths.add(installed[1]);
      return 0;
    },
    ...over,
  };
  return { machine: made, ran };
}

describe('the browser that opens the page', () => {
  it('is the chosen one, whatever else is there', () => {
    const { machine: here } = machine({ chosenPath: '/mine', paths: ['/mine', '/usr/bin/chromium'] });
    expect(findBrowser(here)).toBe('/mine');
  });

  it('is never another than the chosen one', () => {
    const { machine: here } = machine({ chosenPath: '/gone', paths: ['/usr/bin/chromium'] });
    expect(() => findBrowser(here)).toThrow(/CHROMIUM_PATH names \/gone/);
  });

  it.each(['/usr/bin/chromium', '/usr/bin/google-chrome', '/cache/playwright/chrome'])(
    'is found at %s',
    (path) => {
      expect(findBrowser(machine({ paths: [path] }).machine)).toBe(path);
    },
  );

  it("is Debian's own where root may install it", async () => {
    const { machine: here, ran } = machine({
      isRoot: true,
      osRelease: 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n',
      installs: { 'apt-get install': '/usr/bin/chromium' },
    });
    expect(await findOrInstallBrowser(here)).toBe('/usr/bin/chromium');
    expect(ran).toHaveLength(1);
  });

  it("is Playwright's where Debian's cannot be installed", async () => {
    const { machine: here, ran } = machine({
      isRoot: true,
      osRelease: 'ID=debian\n',
      installs: { 'playwright-core install chromium': '/cache/playwright/chrome' },
    });
    expect(await findOrInstallBrowser(here)).toBe('/cache/playwright/chrome');
    expect(ran).toHaveLength(2);
  });

  it('asks for no system packages without the right to install them', async () => {
    const { machine: here, ran } = machine({ installs: { playwright: '/cache/playwright/chrome' } });
    await findOrInstallBrowser(here);
    expect(ran).toEqual(['node_modules/.bin/playwright-core install chromium']);
  });

  it('that cannot be had is one sentence with what to do', async () => {
    await expect(findOrInstallBrowser(machine().machine)).rejects.toThrow(
      /install Chromium or Chrome, or set CHROMIUM_PATH/,
    );
  });
});
