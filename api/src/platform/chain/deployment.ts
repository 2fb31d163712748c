import { readFileSync } from 'node:fs';
import { Deployment } from '@e-aurum/sdk/rest';

/** The deployment cannot be used. The message says what to do. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError';
}

/** What stands where, as the deployment wrote it. Read once, at the start of a process. */
export function readDeployment(file: string): Deployment {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new DeploymentError(
      `cannot read the deployment ${file}: deploy first, or set AURUM_DEPLOYMENT to the file that the deployment wrote`,
    );
  }
  const parsed = Deployment.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new DeploymentError(`${file} is not a deployment: ${issues.join('; ')}`);
}
