import { Injectable } from '@nestjs/common';

@Injectable()
export class DeploymentService {
  list(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  create(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  get(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  cancel(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  rollback(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
}
