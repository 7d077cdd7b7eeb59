// J1 by DuckDB: the columns' types declared, as many threads as said. Usage: j1_duckdb.cjs FILE THREADS
const { DuckDBInstance } = require("@duckdb/node-api");

async function main([file, threads]) {
  const instance = await DuckDBInstance.create(":memory:", { threads });
  const connection = await instance.connect();
  const result = await connection.runAndReadAll(`
    select count(*) filter (where last_contact < date '2023-01-01' and country not in ('CH', 'US', 'BR')),
           count(consent_withdrawn_at),
           count(*) filter (where created_at < timestamp '2016-01-01'),
           count(*) filter (where (last_contact < date '2023-01-01' and country not in ('CH', 'US', 'BR'))
                                  or consent_withdrawn_at is not null or created_at < timestamp '2016-01-01')
    from read_csv('${file}', header = true, delim = ',', quote = '"', escape = '"', nullstr = '', columns = {
      id: 'BIGINT', surname: 'VARCHAR', first_name: 'VARCHAR', email: 'VARCHAR', phone: 'VARCHAR', company: 'VARCHAR',
      address: 'VARCHAR', country: 'VARCHAR', created_at: 'TIMESTAMP', last_contact: 'DATE',
      consent_withdrawn_at: 'TIMESTAMP', notes: 'VARCHAR'})`);
  console.log(result.getRows()[0].join(" "));
}

main(process.argv.slice(2));
