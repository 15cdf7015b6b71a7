import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { Page } from '../local/gateway/page.ts';

/** The page as its bucket holds it. */
export async function downloadPage(client: S3Client, bucket: string): Promise<Page> {
  const files: [string, Buffer][] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket })) {
    for (const { Key = '' } of Contents) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
      files.push([`/${Key}`, Buffer.from((await Body?.transformToByteArray()) ?? [])]);
    }
  }
  return Page.of(files);
}
