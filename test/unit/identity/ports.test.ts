import { InstanceRateLimiter } from '../../../lambdas/adapters/identity/instance-rate-limiter.ts';
import { MemoryClaims } from '../../support/doubles/memory-claims.ts';
import { MemoryIdentityCache } from '../../support/doubles/memory-identity-cache.ts';
import { MemorySessions } from '../../support/doubles/memory-sessions.ts';
import { MemoryUserDirectory } from '../../support/doubles/memory-user-directory.ts';
import { MemoryUsers } from '../../support/doubles/memory-users.ts';
import { describeClaims } from '../../support/ports/claims-suite.ts';
import { describeIdentityCache } from '../../support/ports/identity-cache-suite.ts';
import { describeRateLimiter } from '../../support/ports/rate-limiter-suite.ts';
import { describeSessions } from '../../support/ports/sessions-suite.ts';
import { describeUserDirectory } from '../../support/ports/user-directory-suite.ts';
import { describeUsers } from '../../support/ports/users-suite.ts';

const claims = new MemoryClaims();
const users = new MemoryUsers(claims);
const userDirectory = new MemoryUserDirectory();
const cache = new MemoryIdentityCache();
const sessions = new MemorySessions();

describeClaims('memory', () => claims);
describeUsers('memory', () => ({ users, claims }));
describeUserDirectory('memory', () => userDirectory);
describeIdentityCache('memory', () => cache);
describeSessions('memory', () => sessions);
describeRateLimiter('memory', (now) => new InstanceRateLimiter(now));
