import { expect, it } from 'vitest';
import { readLocalEnvironment } from '../../../../local/stores/local-environment.ts';

it('takes the cache from PING_ME_CACHE, else from the home folder', () => {
  expect(readLocalEnvironment({ PING_ME_CACHE: '/var/cache/x' }).cacheDirectory).toBe('/var/cache/x');
  expect(readLocalEnvironment({}).cacheDirectory).toMatch(/\/\.cache\/ping-me$/);
});

it('takes Java from JAVA_HOME, else from the path', () => {
  expect(readLocalEnvironment({ JAVA_HOME: '/opt/jdk' }).javaCommand).toBe('/opt/jdk/bin/java');
  expect(readLocalEnvironment({}).javaCommand).toBe('java');
});
