import { Injectable } from '@nestjs/common';

@Injectable()
export class DetectionService {
  folders(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  detect(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
}
