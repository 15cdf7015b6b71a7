import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { cacheControlOf, contentTypeOf } from '../core/contract/page-files.ts';

const INDEX = 'index.html';

/**
 * Puts the built page into its bucket: first the files with hashed names, `index.html` last, so that whoever comes in
 * between gets a page that is whole. Older hashed files stay for those whose page is still open.
 *
 * @returns how many files were put
 */
export async function uploadPage(client: S3Client, bucket: string, directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort((a, b) => Number(a === INDEX) - Number(b === INDEX));
  for (const name of names) {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: name,
        Body: await readFile(join(directory, name)),
        ContentType: contentTypeOf(name),
        CacheControl: cacheControlOf(name),
      }),
    );
  }
  return names.length;
}
