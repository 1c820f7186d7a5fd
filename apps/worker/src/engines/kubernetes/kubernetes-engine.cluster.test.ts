import { describeEngineContract } from '../contract/describe-engine-contract.ts';
import { newKubernetesHarness } from './testing/kubernetes-harness.ts';

describeEngineContract('kubernetes', newKubernetesHarness);
