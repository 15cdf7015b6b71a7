// The library resolves its parts by decorators, and says so unless this was loaded before it.
import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type {
  CertificateIssuer,
  CertificateSubject,
  CertifiedKey,
  Validity,
} from '../../application/ports/certificate-issuer.ts';

/** What every TLS library knows, and Cassandra's PEM reader too; the JDK prefers it to RSA for its speed. */
const KEYS = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** CA/Browser Forum, 7.1: at least 64 bits of randomness, and positive. */
const SERIAL_NUMBER_BYTES = 16;

/** X.509 v3 with ECDSA P-256, in process: no other program, no network. */
export class X509CertificateIssuer implements CertificateIssuer {
  async createAuthority(name: string, validity: Validity, before?: CertifiedKey): Promise<CertifiedKey> {
    const keys = before === undefined ? await newKeys() : await keysOf(before);
    const certificate = await X509CertificateGenerator.createSelfSigned({
      serialNumber: newSerialNumber(),
      name: `CN=${name}`,
      notBefore: validity.from,
      notAfter: validity.until,
      keys,
      signingAlgorithm: SIGNATURE,
      extensions: [
        // It signs nodes, and no further authorities.
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    return { key: await keyPem(keys.privateKey), certificate: certificatePem(certificate) };
  }

  async issue(
    authority: CertifiedKey,
    subject: CertificateSubject,
    validity: Validity,
  ): Promise<CertifiedKey> {
    const authorityKeys = await keysOf(authority);
    const keys = await newKeys();
    const certificate = await X509CertificateGenerator.create({
      serialNumber: newSerialNumber(),
      subject: `CN=${subject.name}`,
      issuer: new X509Certificate(authority.certificate).subject,
      notBefore: validity.from,
      notAfter: validity.until,
      signingKey: authorityKeys.privateKey,
      publicKey: keys.publicKey,
      signingAlgorithm: SIGNATURE,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        // A node is a server to clients, and both to other nodes.
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
        new SubjectAlternativeNameExtension(subject.addresses.map((value) => ({ type: 'ip', value }))),
        await SubjectKeyIdentifierExtension.create(keys.publicKey),
        await AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
      ],
    });
    return { key: await keyPem(keys.privateKey), certificate: certificatePem(certificate) };
  }

  validityOf(certificate: string): Validity {
    const { notBefore, notAfter } = new X509Certificate(certificate);
    return { from: notBefore, until: notAfter };
  }

  async isFor(
    certificate: string,
    { name, addresses }: CertificateSubject,
    authority: CertifiedKey,
  ): Promise<boolean> {
    const parsed = new X509Certificate(certificate);
    const alternatives = parsed.getExtension(SubjectAlternativeNameExtension)?.names.items ?? [];
    const { publicKey } = new X509Certificate(authority.certificate);
    return (
      parsed.subject === `CN=${name}` &&
      alternatives.map(({ value }) => value).join() === addresses.join() &&
      (await parsed.verify({ publicKey, signatureOnly: true }))
    );
  }
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(KEYS, true, ['sign', 'verify']);
}

async function keysOf({ key, certificate }: CertifiedKey): Promise<webcrypto.CryptoKeyPair> {
  const privateKey = await webcrypto.subtle.importKey('pkcs8', derOf(key), KEYS, true, ['sign']);
  const publicKey = await new X509Certificate(certificate).publicKey.export(KEYS, ['verify']);
  return { privateKey, publicKey };
}

function newSerialNumber(): string {
  const bytes = randomBytes(SERIAL_NUMBER_BYTES);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

async function keyPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}

function certificatePem(certificate: X509Certificate): string {
  return `${certificate.toString('pem').trimEnd()}\n`;
}

function derOf(pem: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64'));
}
