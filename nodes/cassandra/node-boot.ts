import { fixedFiles, type RenderedBootFile } from './boot-files.ts';
import type { DeployedNode } from './deployed-node.ts';
import { type BootPlaces, renderUserData } from './user-data.ts';

export interface NodeBoot {
  /**
   * Everything of the node that is the same at each boot and known at synth time. Written into one folder, which becomes an
   * S3 asset (zipped, as `aws-s3-assets` does with a folder) that only this node's role needs to read.
   */
  files: RenderedBootFile[];
  /**
   * The instance's user data (bash): fetches asset and jars, installs and starts. The places may hold CDK tokens; nothing
   * secret is among them, only where the secrets are.
   */
  userData(places: BootPlaces): string;
}

/**
 * What makes an instance of Amazon Linux 2023 one node of the cluster. Pure.
 *
 * @example
 * const boot = renderNodeBoot({ number: 1, addresses: ['10.0.1.10', '10.0.2.10', '10.0.3.10'], clusterName: 'ping-me',
 *   dataCenter: 'eu-central-1', resources: EIGHT_GIBIBYTE_RESOURCES });
 * // write boot.files into a folder → new Asset(…); new Asset of the jars' folder; then
 * launchTemplate.userData = UserData.custom(boot.userData({ region, filesUrl: files.s3ObjectUrl, jarsUrl: jars.s3ObjectUrl,
 *   volumeId: volume.volumeId, certificateSecret: secret.secretArn, membershipParameter: parameter.parameterName,
 *   backupUrl: `s3://${bucket.bucketName}/cassandra` }));
 */
export function renderNodeBoot(node: DeployedNode): NodeBoot {
  return { files: fixedFiles(node), userData: renderUserData };
}
