-- Lines of the regulation beside the catalogue (津人社局发〔2022〕20号 art. 16–22): what a class is of, and who may hold it.
ALTER TABLE class ADD COLUMN line $TEXT NOT NULL DEFAULT 'catalogue'; -- catalogue, centre, placement, induction, project, safety, apprentice
ALTER TABLE provider ADD COLUMN public_kind $TEXT NOT NULL DEFAULT ''; -- '', vocational (职业学校), practice (公共实训中心)
