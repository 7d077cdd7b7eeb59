-- Lines of text, not a table: a spreadsheet's export has its own ideas of quoting.
select 'Référence;Nom;Prénom;Société;Courriel;Premier contact;Dernier contact;Opposition;Commentaire' || char(13, 10);

with recursive n (i) as (select 1 union all select i + 1 from n where i < 300),
surnames (number, name) as (values (0, 'Martin'), (1, 'Lefèvre'), (2, 'Bœuf'), (3, 'Garçon'), (4, 'Noël'), (5, 'Müller'),
  (6, 'Hervé'), (7, 'Dupont'), (8, 'Châtelain'), (9, 'Roy'), (10, 'Ünal')),
first_names (number, name) as (values (0, 'Anaïs'), (1, 'Bruno'), (2, 'Chloé'), (3, 'Denis'), (4, 'Élise'), (5, 'Farid'),
  (6, 'Gaëlle'), (7, 'Hugo'), (8, 'Inès'))
select printf('P-%04d', i) || ';' || surnames.name || ';' || first_names.name || ';'
       || iif(i % 6 = 0, '"Thé; infusions & Cie"', 'Société ' || i) || ';'
       || 'prospect' || i || '@example.org;'
       || strftime('%d/%m/%Y', '2026-05-28', printf('-%d days', (i * 29) % 1290 + 60)) || ';'
       || case when i in (40, 41) then '' when i = 77 then '30/02/2021' when i = 120 then '00/00/0000'
          else strftime('%d/%m/%Y', '2026-05-28', printf('-%d days', (i * 29) % 1290)) end || ';'
       || iif(i % 30 = 7, strftime('%d/%m/%Y', '2026-05-28', printf('-%d days', i * 2)), '') || ';'
       || case i % 5 when 0 then '"Vu au salon' || char(10) || 'à rappeler, dit ""urgent"""' when 1 then 'devis 150 €'
          else '' end || char(13, 10)
from n
join surnames on surnames.number = i % 11
join first_names on first_names.number = i % 9
order by i;

-- A line that lost a field: kept, counted and reported, never judged.
select 'P-0301;Martin;Anaïs;Société 301;prospect301@example.org;02/01/2020;05/01/2020;' || char(13, 10);
