-- A town library. The same tables as in mysql.sql, in PostgreSQL's types.
CREATE TYPE way AS ENUM ('in', 'out');
CREATE DOMAIN isbn AS char(13) CHECK (VALUE ~ '^[0-9]{13}$');
CREATE TABLE "Branch" (
  "BranchId" smallint PRIMARY KEY,
  "Name" varchar(80) NOT NULL,
  "City" varchar(40),
  "Opened" date,
  "IsOpen" boolean NOT NULL
);
CREATE TABLE "Publisher" (
  "PublisherId" integer PRIMARY KEY,
  "Name" varchar(120) NOT NULL,
  "Website" text
);
CREATE TABLE "Author" (
  "AuthorId" bigint PRIMARY KEY,
  "Name" text NOT NULL,
  "Born" smallint,
  "Notes" text
);
CREATE TABLE "Größe" (
  "Code" varchar(4) PRIMARY KEY,
  "Höhe (mm)" numeric(6,1) NOT NULL
);
CREATE TABLE "Book" (
  "Isbn" isbn PRIMARY KEY,
  "Title" varchar(200) NOT NULL,
  "PublisherId" integer REFERENCES "Publisher",
  "Format" varchar(4) NOT NULL REFERENCES "Größe",
  "Pages" integer NOT NULL,
  "Price" numeric(10,2),
  "Weight" double precision NOT NULL,
  "Summary" text,
  "Cover" bytea
);
CREATE TABLE "Book Author" (
  "Isbn" isbn NOT NULL REFERENCES "Book",
  "AuthorId" bigint NOT NULL REFERENCES "Author",
  "order" smallint NOT NULL,
  PRIMARY KEY ("Isbn", "AuthorId")
);
CREATE TABLE "book.tag" (
  "Isbn" isbn NOT NULL REFERENCES "Book",
  "tag" varchar(30) NOT NULL,
  PRIMARY KEY ("tag", "Isbn")
);
CREATE TABLE "Copy" (
  "CopyId" numeric(20) PRIMARY KEY,
  "Isbn" isbn NOT NULL REFERENCES "Book",
  "BranchId" smallint NOT NULL REFERENCES "Branch",
  "Barcode" bytea NOT NULL UNIQUE
);
CREATE TABLE "Member" (
  "MemberId" integer PRIMARY KEY,
  "Name" text NOT NULL,
  "Email" varchar(120) UNIQUE,
  "RecommendedBy" integer REFERENCES "Member",
  "Joined" timestamp(0) NOT NULL,
  "Settings" jsonb
);
CREATE TABLE "Loan" (
  "LoanId" bigint PRIMARY KEY,
  "CopyId" numeric(20) NOT NULL REFERENCES "Copy",
  "MemberId" integer NOT NULL REFERENCES "Member",
  "LentAt" timestamp(6) NOT NULL,
  "due?" date NOT NULL,
  "ReturnedAt" timestamp(3),
  "Fine" numeric(6,2)
);
CREATE TABLE "order" (
  "OrderId" integer PRIMARY KEY,
  "PublisherId" integer NOT NULL REFERENCES "Publisher",
  "placed-on" date NOT NULL
);
CREATE TABLE "order-line" (
  "OrderId" integer NOT NULL REFERENCES "order",
  "line" smallint NOT NULL,
  "Isbn" isbn NOT NULL REFERENCES "Book",
  "count" integer NOT NULL,
  PRIMARY KEY ("OrderId", "line")
);
CREATE TABLE door_log (
  "BranchId" smallint NOT NULL REFERENCES "Branch",
  "At" timestamp(0) NOT NULL,
  "Way" way NOT NULL
);
