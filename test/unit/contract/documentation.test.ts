import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AUDIENCES } from '../../../core/contract/events.ts';
import { PROBLEM_CODES } from '../../../core/contract/problems.ts';
import { ROUTE_NAMES, ROUTES } from '../../../core/contract/routes.ts';

const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .map((path) => readFileSync(join('docs', path), 'utf8'))
  .join('\n');

describe('the documentation', () => {
  it('tells of every route', () => {
    const routes = ROUTE_NAMES.map((name) => `${ROUTES[name].method} ${ROUTES[name].path}`);
    expect(routes.filter((route) => !pages.includes(route))).toEqual([]);
  });

  it('tells of every problem code and every event', () => {
    const terms = [...PROBLEM_CODES, ...Object.keys(AUDIENCES)];
    expect(terms.filter((term) => !pages.includes(`\`${term}\``))).toEqual([]);
  });
});
