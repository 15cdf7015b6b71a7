import { SecretsManager } from '../adapters/secrets/secrets-manager.ts';
import { once } from './once.ts';

export const secretsManager = once(() => new SecretsManager());
