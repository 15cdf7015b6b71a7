/** A key and the certificate for it, each as PEM text. The key is PKCS #8. */
export interface CertifiedKey {
  readonly key: string;
  readonly certificate: string;
}

export interface Validity {
  readonly from: Date;
  readonly until: Date;
}

/** Whom a node's certificate is for: other nodes and clients compare the addresses with the one that they connected to. */
export interface CertificateSubject {
  readonly name: string;
  readonly addresses: readonly string[];
}

/** Issues X.509 certificates. What does not parse throws. */
export interface CertificateIssuer {
  /** @param before an authority that is renewed: its key and name stay, so that what it signed stays good */
  createAuthority(name: string, validity: Validity, before?: CertifiedKey): Promise<CertifiedKey>;
  issue(authority: CertifiedKey, subject: CertificateSubject, validity: Validity): Promise<CertifiedKey>;
  validityOf(certificate: string): Validity;
  /** Whether the certificate is for exactly this subject and was signed by this authority's key. */
  isFor(certificate: string, subject: CertificateSubject, authority: CertifiedKey): Promise<boolean>;
}
