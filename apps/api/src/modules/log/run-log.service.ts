import { Injectable } from '@nestjs/common';

@Injectable()
export class RunLogService {
  page(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  download(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
}
