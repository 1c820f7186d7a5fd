import { describeEngineContract } from '../contract/describe-engine-contract.ts';
import { newLocalHarness } from './testing/local-harness.ts';

describeEngineContract('local', newLocalHarness);
