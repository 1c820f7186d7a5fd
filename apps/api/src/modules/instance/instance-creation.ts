import { Injectable } from '@nestjs/common';

@Injectable()
export class InstanceCreation {
  create(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
}
