import { renewCertificates } from '../application/operations/renew-certificates.ts';
import { certificateIssuer } from '../runtime/certificates.ts';
import { certificateSettings } from '../runtime/environment.ts';
import { logger } from '../runtime/logger.ts';
import { secretsManager } from '../runtime/secrets-manager.ts';

/** Runs at each deployment and by the clock; issues what is missing or has less than a third of its life left. */
export async function handler(): Promise<{ readonly issued: readonly string[] }> {
  const { authoritySecret, trustSecret, nodeSecrets, nodeAddresses } = certificateSettings();
  const issued = await renewCertificates(
    { secrets: secretsManager(), issuer: certificateIssuer(), now: () => new Date() },
    {
      authorityName: 'Ping Me Cassandra',
      authoritySecret,
      trustSecret,
      nodes: nodeSecrets.map((secret, index) => ({
        secret,
        subject: { name: `node-${index + 1}`, addresses: [nodeAddresses[index] ?? ''] },
      })),
    },
  );
  logger.info('certificates looked through', { issued });
  return { issued };
}
