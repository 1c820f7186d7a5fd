import { Injectable } from '@nestjs/common';

@Injectable()
export class MetricService {
  series(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
}
