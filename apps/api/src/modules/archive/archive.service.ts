import { Injectable } from '@nestjs/common';

@Injectable()
export class ArchiveService {
  locate(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
}
