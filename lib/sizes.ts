import { RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Profile } from './config.ts';

/** How big things are, how many, and how long they are kept. */
export interface Sizes {
  readonly broker: {
    /** The smallest that MSK offers with KRaft is m5.large or m7g.large. */
    readonly instanceType: string;
    readonly volumeGibibytes: number;
    /** Where storage autoscaling stops. */
    readonly volumeMaximumGibibytes: number;
  };
  readonly node: {
    readonly instanceType: string;
    readonly volumeGibibytes: number;
  };
  readonly logRetention: RetentionDays;
  readonly accessLogDays: number;
  readonly backupDays: number;
  /**
   * What happens to data, and to what holds it, when its stack is deleted. What is kept then is kept only once the operation that
   * made it has succeeded: a first deployment that is rolled back leaves nothing behind.
   */
  readonly removal: RemovalPolicy;
  /** Stacks that hold data refuse to be deleted, and so do their tables. */
  readonly protectData: boolean;
  /** Requests a second, and how many at once, that one API takes at most. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number };
}

export const SIZES: Readonly<Record<Profile, Sizes>> = {
  dev: {
    broker: { instanceType: 'kafka.m7g.large', volumeGibibytes: 20, volumeMaximumGibibytes: 100 },
    node: { instanceType: 't4g.large', volumeGibibytes: 20 },
    logRetention: RetentionDays.ONE_WEEK,
    accessLogDays: 7,
    backupDays: 7,
    removal: RemovalPolicy.DESTROY,
    protectData: false,
    throttle: { rateLimit: 200, burstLimit: 400 },
  },
  prod: {
    broker: { instanceType: 'kafka.m7g.large', volumeGibibytes: 250, volumeMaximumGibibytes: 2_000 },
    node: { instanceType: 'm7g.large', volumeGibibytes: 250 },
    logRetention: RetentionDays.THREE_MONTHS,
    accessLogDays: 90,
    backupDays: 35,
    removal: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    protectData: true,
    throttle: { rateLimit: 5_000, burstLimit: 5_000 },
  },
};
