import { Injectable } from '@nestjs/common';

@Injectable()
export class HealthService {
  check(): Promise<import('@zarpa/contracts').HealthView> {
    throw new Error('unavailable');
  }
  metrics(): Promise<never> {
    throw new Error('unavailable');
  }
  openapi(): never {
    throw new Error('unavailable');
  }
}
