/** The words of links and files. */

import type { Words } from '../shape';

export const share: Words['share'] = {
  open: '分享',
  openTitle: '当前内容的链接、文件，以及保存在本服务器上的网络',
  title: '分享',
  file: {
    title: '文件',
    says: '网络文档，可以留存，可以提交给服务，也可以再次打开：用示例旁的“打开 …”，或拖放到页面上。',
    save: '存为文件',
    saved: (name) => `已存为 ${name}。`,
  },
  openFile: '打开 …',
  openFileTitle: '打开文件中的网络或表格；也可以把文件拖放到页面上',
  drop: '松开文件：网络会打开，表格会先显示再使用',
  opened: {
    link: (name) => (name ? `从链接打开了“${name}”` : '从链接打开了一个网络'),
    file: (file) => `打开了文件“${file}”`,
    stored: (name) => (name ? `从本服务器打开了“${name}”` : '从本服务器打开了一个网络'),
  },
  notice: {
    link: (why) => `未能打开链接。${why}`,
    file: (name, why) => `未能打开“${name}”。${why}`,
    stored: (why) => `未能打开保存的网络。${why}`,
    keeping: (message) => `${message}原有的网络仍然打开。`,
    unkept: '这个网络太大，放不进页面地址，而浏览器不允许页面保存任何内容：重新加载就会丢失它。',
    lost: '这里打开过的网络太大，放不进页面地址，而浏览器没有保存它。',
    waiting: '服务器恢复应答后会自动打开。',
    close: '关闭这条消息',
  },
};
