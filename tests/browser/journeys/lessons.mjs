export async function lessons() {}
