import { S3Client } from '@aws-sdk/client-s3';
import { runCommand } from '../../local/cli/run-command.ts';
import { OperatorError } from '../../local/processes/operator-error.ts';
import { PAGE_DIRECTORY } from '../../local/run/build-directories.ts';
import { buildPage } from '../../local/run/build-page.ts';
import { uploadPage } from '../upload-page.ts';

/** For deployments with `uploadPage=cli`: region and credentials are those of the AWS SDK, from the environment or a profile. */
await runCommand(async ([bucket, ...surplus]) => {
  if (bucket === undefined || surplus.length > 0) {
    throw new OperatorError(
      '"npm run upload-page -- <bucket>" takes the output PageBucket of the web stack.',
    );
  }
  await buildPage(new AbortController().signal);
  const files = await uploadPage(new S3Client({}), bucket, PAGE_DIRECTORY);
  console.log(`${files} files are in ${bucket}.`);
});
