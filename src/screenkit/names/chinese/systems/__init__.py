"""Systems of writing Chinese in other letters that have rules of their own: Cantonese, Gwoyeu Romatzyh, Palladius."""
