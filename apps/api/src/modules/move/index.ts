export { LeftoverRepository } from './leftover.repository.ts';
export { MoveModule } from './move.module.ts';
export { MoveRepository, type MoveView } from './move.repository.ts';
export { MoveService } from './move.service.ts';
export { MoveRound } from './move-round.ts';
