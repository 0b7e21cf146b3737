// One tool, many documents: node make.js TOOL TEMPLATE DATA.json OUT
// DATA is {lists: [{checklist, rows}, …], enterprises: [{list, name, …}, …]}; each enterprise gets a file of its own.
"use strict";
const fs = require("fs");
const path = require("path");

const [tool, template, data, out] = process.argv.slice(2);
const { lists, enterprises } = JSON.parse(fs.readFileSync(data, "utf8"));
const ending = path.extname(template);

const makers = {
  docxtemplater(values) {
    const PizZip = require("pizzip");
    const Docxtemplater = require("docxtemplater");
    const document = new Docxtemplater(new PizZip(fs.readFileSync(template)), { paragraphLoop: true });
    document.render(values);
    return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  },
  carbone(values) {
    const carbone = require("carbone");
    return new Promise((done, failed) =>
      carbone.render(template, values, (error, result) => (error ? failed(error) : done(result)))
    );
  },
  async exceljs(values) {
    const Excel = require("exceljs");
    const book = new Excel.Workbook();
    await book.xlsx.readFile(template);
    const sheet = book.worksheets[0];
    sheet.getCell("A1").value = values.enterprise.name;
    const first = 4;
    const styles = Array.from({ length: 8 }, (_, column) => sheet.getRow(first).getCell(column + 1).style);
    values.rows.forEach((row, index) => {
      const cells = sheet.getRow(first + index);
      Object.values(row).forEach((text, column) => {
        const cell = cells.getCell(column + 1);
        cell.value = text;
        cell.style = styles[column];
      });
    });
    return book.xlsx.writeBuffer();
  },
};

(async () => {
  for (const [number, enterprise] of enterprises.entries()) {
    const flat = Object.fromEntries(Object.entries(enterprise).map(([key, value]) => [`enterprise_${key}`, value]));
    const made = await makers[tool]({ ...lists[enterprise.list], ...flat, enterprise });
    fs.writeFileSync(path.join(out, `${number}${ending}`), made);
  }
  process.exit(0);
})();
