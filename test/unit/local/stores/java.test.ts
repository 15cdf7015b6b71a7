import { expect, it } from 'vitest';
import { javaMajorVersion, mavenVersion } from '../../../../local/stores/java.ts';

it.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['java version "1.8.0_392"', 8],
  ['openjdk version "21" 2023-09-19', 21],
  ['openjdk version "24-ea" 2025-03-18', 24],
  ['The operation couldn’t be completed. Unable to locate a Java Runtime.', undefined],
])('reads the Java version of %s', (output, version) => {
  expect(javaMajorVersion(output)).toBe(version);
});

it.each([
  ['\u001b[1mApache Maven 3.8.7\u001b[m\nMaven home: /usr/share/maven', [3, 8]],
  ['Apache Maven 4.0.0-rc-2 (abc)', [4, 0]],
  ['mvn: not found', undefined],
])('reads the Maven version of %s', (output, version) => {
  expect(mavenVersion(output)).toEqual(version);
});
