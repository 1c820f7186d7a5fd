import { Injectable } from '@nestjs/common';

@Injectable()
export class PlanService {
  list(): Promise<never> {
    throw new Error('unavailable');
  }
}
