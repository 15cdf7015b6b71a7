import { X509CertificateIssuer } from '../adapters/pki/x509-certificate-issuer.ts';
import { once } from './once.ts';

export const certificateIssuer = once(() => new X509CertificateIssuer());
