import type {
  CertificateIssuer,
  CertificateSubject,
  CertifiedKey,
  Validity,
} from '../ports/certificate-issuer.ts';
import { jsonOf } from '../ports/credentials.ts';
import type { SecretStore } from '../ports/secret-store.ts';

const DAY_MS = 86_400_000;
/** The authority's certificate is in the hands of every node and function; its key never leaves its secret and this function. */
const AUTHORITY_LIFE_MS = 3_650 * DAY_MS;
/** A year, so that the renewal is tried daily for four months before anything expires. */
const NODE_LIFE_MS = 365 * DAY_MS;
/** Renewed when less than this part of the life is left. */
const LEFT = 1 / 3;
/** Clocks differ: a certificate that is issued now is good for who is a little behind too. */
const BACKDATED_MS = 3_600_000;

export interface NodeCertificate {
  /** Of the secret that this node alone reads. */
  readonly secret: string;
  readonly subject: CertificateSubject;
}

export interface CertificatePlan {
  readonly authorityName: string;
  /** Holds the authority's key; this function alone reads it. */
  readonly authoritySecret: string;
  /** Holds the authority's certificate as PEM text, for clients. */
  readonly trustSecret: string;
  readonly nodes: readonly NodeCertificate[];
}

export interface CertificateServices {
  readonly secrets: SecretStore;
  readonly issuer: CertificateIssuer;
  readonly now: () => Date;
}

/** A node's secret: what its two PEM files hold. */
export interface NodeSecret {
  /** PKCS #8 key, then the certificate, then the authority's. */
  readonly keyAndCertificates: string;
  readonly trustedCertificates: string;
}

/**
 * Sees to it that authority, trust and every node have certificates with more than a third of their life ahead. What is good
 * stays as it is, so it may run at any time and be cut off anywhere. What it does not understand in a secret (the random text
 * that a stack generates) it replaces; the version before stays readable as AWSPREVIOUS.
 *
 * @returns the names of what was issued: "authority", and the subjects
 */
export async function renewCertificates(
  services: CertificateServices,
  plan: CertificatePlan,
): Promise<string[]> {
  const issued: string[] = [];
  const authority = await authorityOf(services, plan, issued);
  const { secrets } = services;
  if ((await secrets.read(plan.trustSecret)) !== authority.certificate) {
    await secrets.write(plan.trustSecret, authority.certificate);
  }
  for (const node of plan.nodes) {
    if (await isGood(services, node, authority)) continue;
    await secrets.write(node.secret, JSON.stringify(await nodeSecret(services, node.subject, authority)));
    issued.push(node.subject.name);
  }
  return issued;
}

async function authorityOf(
  { secrets, issuer, now }: CertificateServices,
  { authorityName, authoritySecret }: CertificatePlan,
  issued: string[],
): Promise<CertifiedKey> {
  const before = fieldsOf(await secrets.read(authoritySecret), ['key', 'certificate']);
  if (before !== undefined && !isDue(issuer.validityOf(before.certificate), now())) return before;
  const made = await issuer.createAuthority(authorityName, validFrom(now(), AUTHORITY_LIFE_MS), before);
  await secrets.write(authoritySecret, JSON.stringify(made));
  issued.push('authority');
  return made;
}

async function isGood(
  { secrets, issuer, now }: CertificateServices,
  { secret, subject }: NodeCertificate,
  authority: CertifiedKey,
): Promise<boolean> {
  const held = fieldsOf(await secrets.read(secret), ['keyAndCertificates', 'trustedCertificates']);
  if (held === undefined || held.trustedCertificates !== authority.certificate) return false;
  const certificate = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/.exec(
    held.keyAndCertificates,
  )?.[0];
  if (certificate === undefined || isDue(issuer.validityOf(certificate), now())) return false;
  return issuer.isFor(certificate, subject, authority);
}

async function nodeSecret(
  { issuer, now }: CertificateServices,
  subject: CertificateSubject,
  authority: CertifiedKey,
): Promise<NodeSecret> {
  const { key, certificate } = await issuer.issue(authority, subject, validFrom(now(), NODE_LIFE_MS));
  return {
    keyAndCertificates: key + certificate + authority.certificate,
    trustedCertificates: authority.certificate,
  };
}

function validFrom(now: Date, life: number): Validity {
  return { from: new Date(now.getTime() - BACKDATED_MS), until: new Date(now.getTime() + life) };
}

function isDue({ from, until }: Validity, now: Date): boolean {
  const left = until.getTime() - now.getTime();
  return left < (until.getTime() - from.getTime()) * LEFT;
}

function fieldsOf<const Name extends string>(
  text: string | undefined,
  names: readonly Name[],
): Record<Name, string> | undefined {
  const parsed = jsonOf(text);
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const fields = parsed as Record<string, unknown>;
  return names.every((name) => typeof fields[name] === 'string')
    ? (fields as Record<Name, string>)
    : undefined;
}
