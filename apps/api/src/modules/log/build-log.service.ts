import { Injectable } from '@nestjs/common';

@Injectable()
export class BuildLogService {
  get(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
}
