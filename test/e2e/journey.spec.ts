/**
 * The journey, in one world and one order. What waits for the chain's clock begins first and ends last: an upgrade's delay, a
 * redemption's deadline, a feed's heartbeat.
 */
import { auditing } from './journey/auditing.ts';
import { buying } from './journey/buying.ts';
import { executing, scheduling } from './journey/governing.ts';
import { identity } from './journey/identity.ts';
import { degraded, halted } from './journey/modes.ts';
import { cancelling, reclaiming, redeeming, redemptionThatNobodyServes } from './journey/redeeming.ts';
import { staking } from './journey/staking.ts';

redemptionThatNobodyServes();
scheduling();
identity();
buying();
degraded();
staking();
redeeming();
executing();
reclaiming();
halted();
cancelling();
auditing();
