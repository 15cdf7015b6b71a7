import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cacheFolderName, downloadedBytes } from '../../../../local/stores/jars.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

it.each([
  ['[INFO] Downloaded from central: https://example.org/a.jar (6.7 MB at 13 MB/s)', 6_700_000],
  ['Downloaded from mirror (x): https://example.org/a.jar (151 kB at 783 kB/s)', 151_000],
  ['Downloaded from central: https://example.org/a.pom (512 B at 3.1 kB/s)', 512],
  ['[INFO] Downloading from central: https://example.org/a.jar', 0],
  ['[INFO] BUILD SUCCESS', 0],
])('counts the bytes of "%s"', (line, bytes) => {
  expect(downloadedBytes(line)).toBe(bytes);
});

it('another pom never finds the wrong jars', async () => {
  const pom = join(temporaryFolder(), 'pom.xml');
  writeFileSync(pom, '<project><version>4.1.2</version></project>');
  const before = await cacheFolderName('kafka', pom);
  expect(before).toMatch(/^kafka-4\.1\.2-[0-9a-f]{12}$/);
  writeFileSync(pom, '<project><version>4.1.2</version><dependencies/></project>');
  expect(await cacheFolderName('kafka', pom)).not.toBe(before);
});
