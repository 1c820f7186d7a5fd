import { Injectable } from '@nestjs/common';

@Injectable()
export class GithubConnectionService {
  get(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  disconnect(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  authorize(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
  complete(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
}
