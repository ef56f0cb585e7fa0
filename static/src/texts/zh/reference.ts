/** The words of the API's reference at /docs. */

import type { ReferenceWords } from '../shape';

const digits = (count: number) => count.toLocaleString('en');

export const reference: ReferenceWords = {
  title: 'Backprop Explorer 接口',
  page: '返回页面',
  search: '搜索',
  nothing: '没有包含这些词的调用。',
  groups: {
    stateless: '关于文档的调用，不存储任何内容',
    explanations: '数的解释',
    examples: '示例',
    catalog: '目录',
    networks: '已存储的网络',
  },
  parameters: '参数',
  body: '请求体',
  answers: '响应',
  answer: '响应',
  attempt: '试一试',
  required: '必填',
  usual: (value) => `默认 ${value}`,
  fieldsOf: (name) => (name ? `${name} 的字段` : '字段'),
  send: '发送',
  lacking: (names) => `请先填写 ${names.join('、')}。`,
  waiting: '正在等待响应……',
  unreachable: '服务没有响应。请确认它正在运行，然后重新加载此页面。',
  cut: (shown, all) => `显示前 ${digits(shown)} 个字符，共 ${digits(all)} 个；用命令可取得全部。`,
  copy: '复制为 curl 命令',
  copied: '已复制。',
  notCopied: '浏览器不允许复制。',
};
