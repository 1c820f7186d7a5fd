import { Injectable } from '@nestjs/common';

@Injectable()
export class InstanceLifecycle {
  delete(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  pause(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  resume(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  restart(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  restore(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  changePlan(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
}
