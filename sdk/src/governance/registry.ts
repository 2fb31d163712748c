/** The builds of this repository. In a file of its own: it is long, and most readers of the sdk do without it. */

import generated from './builds.generated.json' with { type: 'json' };
import type { Build } from './builds.ts';

export const BUILDS = generated as unknown as readonly Build[];
