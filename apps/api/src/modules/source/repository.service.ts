import { Injectable } from '@nestjs/common';

@Injectable()
export class RepositoryService {
  list(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  branches(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  commits(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
}
