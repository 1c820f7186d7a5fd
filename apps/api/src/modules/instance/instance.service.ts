import { Injectable } from '@nestjs/common';

@Injectable()
export class InstanceService {
  list(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  get(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  update(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
}
