import type { ProblemTexts } from './texts.ts';

export const portuguese: ProblemTexts = {
  invalid_input: {
    title: 'Dados inválidos',
    detail: 'Algum campo não está como deveria. Corrija o que está indicado e envie de novo.',
  },
  invalid_json: {
    title: 'Pedido ilegível',
    detail: 'O corpo ou o endereço do pedido não pôde ser lido. Envie JSON válido em UTF-8.',
  },
  body_too_large: {
    title: 'Pedido grande demais',
    detail: 'O pedido passa do tamanho permitido. Envie menos de cada vez.',
  },
  not_authenticated: {
    title: 'Sessão não encontrada',
    detail: 'Não há sessão, ou ela terminou. Comece uma nova sessão e tente de novo.',
  },
  not_allowed: {
    title: 'Não permitido',
    detail: 'Este pedido não veio de uma página que possa fazê-lo. Abra o painel e tente por lá.',
  },
  not_found: {
    title: 'Não encontrado',
    detail: 'O que foi pedido não existe ou não é seu.',
  },
  route_not_found: {
    title: 'Endereço desconhecido',
    detail: 'A API não tem este endereço. Confira o caminho e o método.',
  },
  method_not_allowed: {
    title: 'Método não aceito',
    detail: 'Este endereço existe, mas não aceita este método.',
  },
  conflict: {
    title: 'Conflito',
    detail: 'Algo mudou enquanto o pedido era atendido. Atualize a página e tente de novo.',
  },
  too_many_requests: {
    title: 'Pedidos demais',
    detail:
      'Foram feitos pedidos demais em pouco tempo. Seus bots seguem funcionando; espere um pouco e tente de novo.',
  },
  unavailable: {
    title: 'Indisponível no momento',
    detail: 'Um serviço de que isto depende não respondeu. Seus bots seguem funcionando; tente de novo em instantes.',
  },
  internal: {
    title: 'Erro nosso',
    detail: 'Algo falhou do nosso lado e foi registrado. Seus bots seguem funcionando; tente de novo em instantes.',
  },
  instance_not_found: {
    title: 'Instância não encontrada',
    detail: 'Esta instância não existe, ou não é sua.',
  },
  instance_deleted: {
    title: 'Instância excluída',
    detail: 'A instância foi excluída e o bot está parado. Restaure-a para voltar a usá-la.',
  },
  instance_not_deleted: {
    title: 'Instância não está excluída',
    detail: 'Só uma instância excluída pode ser restaurada. Esta segue ativa.',
  },
  restore_window_over: {
    title: 'Prazo de restauração encerrado',
    detail: 'O prazo para restaurar terminou e os dados estão sendo apagados. Crie uma nova instância.',
  },
  instance_not_deployed: {
    title: 'Ainda não há versão',
    detail: 'Nenhuma versão deste bot ficou pronta ainda. Faça um deploy primeiro.',
  },
  deployment_not_found: {
    title: 'Deploy não encontrado',
    detail: 'Este deploy não existe, ou não é de uma instância sua.',
  },
  deployment_finished: {
    title: 'Deploy já terminou',
    detail: 'O deploy já chegou ao fim e não pode mais ser cancelado.',
  },
  deployment_not_restorable: {
    title: 'Não dá para voltar a este deploy',
    detail:
      'Só é possível voltar a uma versão que funcionou e não é a atual. Escolha outra, ou faça um deploy do commit.',
  },
  nothing_to_apply: {
    title: 'Nada a aplicar',
    detail: 'A versão em operação já usa o que está salvo.',
  },
  plan_not_found: {
    title: 'Plano não encontrado',
    detail: 'Este plano não é oferecido. Escolha um da lista.',
  },
  plan_limit_reached: {
    title: 'Limite do plano',
    detail: 'O plano {plan} permite {limit} instância(s) por pessoa. Exclua a que o usa, ou escolha outro plano.',
  },
  too_many_instances: {
    title: 'Limite de instâncias',
    detail: 'Você já tem {limit} instâncias, o máximo. Exclua uma que não usa mais.',
  },
  too_many_variables: {
    title: 'Variáveis demais',
    detail:
      'Uma instância guarda até {count} variáveis e {kilobytes} KB de valores. Nada foi salvo; remova o que não usa.',
  },
  variable_not_found: {
    title: 'Variável não encontrada',
    detail: 'Não há variável {name} nesta instância.',
  },
  github_not_connected: {
    title: 'GitHub não conectado',
    detail:
      'Não há conta do GitHub conectada, ou o GitHub não aceita mais a autorização dela. Seus bots continuam funcionando; conecte sua conta para continuar, ou use um repositório público.',
  },
  github_unavailable: {
    title: 'GitHub não respondeu',
    detail:
      'O GitHub não respondeu, ou não está configurado. Seus bots seguem funcionando; tente de novo em instantes.',
  },
  github_rate_limited: {
    title: 'Limite do GitHub',
    detail:
      'O GitHub pediu para esperar antes de mais pedidos. Seus bots seguem funcionando; conectar sua conta aumenta o limite.',
  },
  github_authorization_failed: {
    title: 'Conexão com o GitHub recusada',
    detail: 'O GitHub não aceitou a autorização, ou ela expirou. Conecte sua conta de novo.',
  },
  repository_not_found: {
    title: 'Repositório não encontrado',
    detail: 'O repositório não existe, ou sua conta do GitHub não tem acesso a ele.',
  },
  branch_not_found: {
    title: 'Branch não encontrado',
    detail: 'O repositório ou o branch não existe, ou você não tem acesso a ele.',
  },
  commit_not_found: {
    title: 'Commit não encontrado',
    detail: 'O commit não existe neste repositório, ou você não tem acesso a ele.',
  },
  signature_invalid: {
    title: 'Assinatura inválida',
    detail: 'A assinatura da entrega não confere. Nada foi aceito; confira o segredo do webhook.',
  },
  ticket_invalid: {
    title: 'Endereço inválido',
    detail: 'Este endereço de download não foi emitido por nós.',
  },
  ticket_expired: {
    title: 'Endereço expirado',
    detail: 'Este endereço de download expirou. Um novo será enviado com a próxima tentativa.',
  },
  no_capacity: {
    title: 'Sem espaço no momento',
    detail:
      'Nenhum cluster tem {memory} MB livres para mais um bot. Nada foi criado, e seus outros bots continuam rodando. Tente de novo em alguns minutos, ou escolha um plano menor.',
  },
  move_not_found: {
    title: 'Não há dados aqui',
    detail: 'Essa mudança de cluster não existe, ou não há dados dela guardados.',
  },
  transfer_not_expected: {
    title: 'Dados não esperados',
    detail: 'A mudança de cluster não está nessa etapa. Nada foi alterado; o próximo comando diz o que fazer.',
  },
};
