import type { ProblemTexts } from './texts.ts';

export const english: ProblemTexts = {
  invalid_input: {
    title: 'Invalid input',
    detail: 'A field is not as it should be. Correct what is pointed out and send it again.',
  },
  invalid_json: {
    title: 'Unreadable request',
    detail: "The request's body or address could not be read. Send valid JSON in UTF-8.",
  },
  body_too_large: {
    title: 'Request too large',
    detail: 'The request is larger than allowed. Send less at a time.',
  },
  not_authenticated: {
    title: 'No session',
    detail: 'There is no session, or it has ended. Start a new session and try again.',
  },
  not_allowed: {
    title: 'Not allowed',
    detail: 'This request did not come from a page that may make it. Open the dashboard and try there.',
  },
  not_found: {
    title: 'Not found',
    detail: 'What was asked for does not exist or is not yours.',
  },
  route_not_found: {
    title: 'Unknown address',
    detail: 'The API has no such address. Check the path and the method.',
  },
  method_not_allowed: {
    title: 'Method not allowed',
    detail: 'This address exists but does not take this method.',
  },
  conflict: {
    title: 'Conflict',
    detail: 'Something changed while the request was handled. Reload the page and try again.',
  },
  too_many_requests: {
    title: 'Too many requests',
    detail: 'Too many requests were made in a short time. Your bots keep running; wait a little and try again.',
  },
  unavailable: {
    title: 'Unavailable right now',
    detail: 'A service that this depends on did not answer. Your bots keep running; try again in a moment.',
  },
  internal: {
    title: 'Our mistake',
    detail: 'Something failed on our side and was recorded. Your bots keep running; try again in a moment.',
  },
  instance_not_found: {
    title: 'Instance not found',
    detail: 'This instance does not exist, or is not yours.',
  },
  instance_deleted: {
    title: 'Instance deleted',
    detail: 'The instance was deleted and its bot is stopped. Restore it to use it again.',
  },
  instance_not_deleted: {
    title: 'Instance not deleted',
    detail: 'Only a deleted instance can be restored. This one is still there.',
  },
  restore_window_over: {
    title: 'Too late to restore',
    detail: 'The time to restore is over and the data is being removed. Create a new instance.',
  },
  instance_not_deployed: {
    title: 'No version yet',
    detail: 'No version of this bot has been made yet. Deploy it first.',
  },
  deployment_not_found: {
    title: 'Deployment not found',
    detail: 'This deployment does not exist, or does not belong to an instance of yours.',
  },
  deployment_finished: {
    title: 'Deployment finished',
    detail: 'The deployment has come to its end and can no longer be cancelled.',
  },
  deployment_not_restorable: {
    title: 'Cannot go back to this deployment',
    detail:
      'Only a version that worked and is not the current one can be gone back to. Choose another, or deploy its commit.',
  },
  nothing_to_apply: {
    title: 'Nothing to apply',
    detail: 'The version in operation already uses what is saved.',
  },
  plan_not_found: {
    title: 'Plan not found',
    detail: 'This plan is not on offer. Choose one of the list.',
  },
  plan_limit_reached: {
    title: 'Plan limit reached',
    detail: 'The plan {plan} allows {limit} instance(s) a person. Delete the one that uses it, or choose another plan.',
  },
  too_many_instances: {
    title: 'Too many instances',
    detail: 'You already have {limit} instances, the most there may be. Delete one that you no longer use.',
  },
  too_many_variables: {
    title: 'Too many variables',
    detail:
      'An instance keeps up to {count} variables and {kilobytes} KB of values. Nothing was saved; remove what is not used.',
  },
  variable_not_found: {
    title: 'Variable not found',
    detail: 'This instance has no variable {name}.',
  },
  github_not_connected: {
    title: 'GitHub not linked',
    detail:
      'No GitHub account is linked, or GitHub no longer accepts its authorization. Your bots keep running; link your account to go on, or use a public repository.',
  },
  github_unavailable: {
    title: 'GitHub did not answer',
    detail: 'GitHub did not answer, or is not set up. Your bots keep running; try again in a moment.',
  },
  github_rate_limited: {
    title: "GitHub's limit",
    detail: 'GitHub asked to wait before more requests. Your bots keep running; linking your account raises the limit.',
  },
  github_authorization_failed: {
    title: 'GitHub refused',
    detail: 'GitHub did not accept the authorization, or it has expired. Link your account again.',
  },
  repository_not_found: {
    title: 'Repository not found',
    detail: 'The repository does not exist, or your GitHub account has no access to it.',
  },
  branch_not_found: {
    title: 'Branch not found',
    detail: 'The repository or the branch does not exist, or you have no access to it.',
  },
  commit_not_found: {
    title: 'Commit not found',
    detail: 'The commit does not exist in this repository, or you have no access to it.',
  },
  signature_invalid: {
    title: 'Invalid signature',
    detail: "The delivery's signature does not match. Nothing was taken in; check the webhook's secret.",
  },
  ticket_invalid: {
    title: 'Invalid address',
    detail: 'This download address was not issued by us.',
  },
  ticket_expired: {
    title: 'Address expired',
    detail: 'This download address has expired. A new one comes with the next attempt.',
  },
  no_capacity: {
    title: 'No room at the moment',
    detail:
      'No cluster has {memory} MB free for one more bot. Nothing was created, and your other bots keep running. Try again in a few minutes, or choose a smaller plan.',
  },
  move_not_found: {
    title: 'No data here',
    detail: 'There is no such move of an instance, or no data of it are kept.',
  },
  transfer_not_expected: {
    title: 'Data not expected',
    detail: 'The move of this instance is not at this step. Nothing was changed; the next command says what to do.',
  },
};
