import { Injectable } from '@nestjs/common';

@Injectable()
export class VariableService {
  list(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  update(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  reveal(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
}
